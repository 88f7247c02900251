"""The app with all that stands around its pages: ``streamlit run serve.py``."""

from collections.abc import Sequence

import streamlit as st

from coopfin.rooms import web as rooms
from coopfin.serving import application

FEATURES: Sequence[application.Feature] = (rooms,)

app = st.App(
    "app.py",
    lifespan=application.lifespan(FEATURES),
    routes=application.routes(FEATURES),
    middleware=application.middleware(),
)
