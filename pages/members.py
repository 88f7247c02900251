"""Members: what each one gets, how much it is worth, and what they decide."""

import streamlit as st

from coopfin.ui.members import (
    all as members_all,
    answer as members_answer,
    files as members_files,
    setup as members_setup,
    spread as members_spread,
    statement as members_statement,
    votes as members_votes,
    years as members_years,
)
from coopfin.ui.shell import answer, frame

VIEWS = {
    "One member's statement": members_statement.view,
    "Who gets how much": members_spread.view,
    "Over the years": members_years.view,
    "Votes": members_votes.view,
    "All members": members_all.view,
}

with frame.page(__file__, "What do I get, and what do I decide?") as now:
    place = st.empty()
    made = members_setup.setup(now, place)
    with place:
        answer.say(members_answer.sentence(made))

    views = {name: view for name, view in VIEWS.items() if made.figures is not None or view is not members_years.view}
    view = st.segmented_control(
        "What to see", list(views), default=next(iter(views)), required=True, key="members-view", persist_state="session"
    )
    views[view](made)

    st.subheader("Take it with you", anchor=False)
    members_files.downloads(made)
