"""The market: who joins, who leaves, what buyers want, and what is sold. Formulas only; a carrier computes them.

``o`` is the carrier of the numbers, ``a`` the assumptions, ``last`` the month or year before, ``y`` the one that is
worked out: what a formula gives is set on it, under the name of its line or, for a step on the way, of the step.
"""

from __future__ import annotations

from typing import Any

from coopfin.engine.carriers import Carrier


def response(o: Carrier, change: Any) -> Any:
    """The answer to a change, from a third to three times; nothing changes at 0."""
    limited = o.maximum(-1.0, o.minimum(1.0, change))
    return (2 + limited) / (2 - limited)


def fill(o: Carrier, a: Any, uncrowded: Any, demand: Any, heads: Any) -> Any:
    """What one provider sells, of the usual, where demand and heads are as many times those of the launch.

    ``uncrowded`` is 1 where more providers take nothing from each other: each then sells as usual, whatever the demand.
    """
    places = demand * (1 - a.crowding) + heads * a.crowding
    return o.minimum(2.0, o.ratio(demand, places, uncrowded))


def launch(o: Carrier, a: Any, y: Any) -> None:
    """The market at the launch, and what stays the same in every month."""
    y.providers = a.providers
    # Where nobody starts, nobody ever comes: counted as one place, so that heads are as many as at the launch.
    y.nobody = o.where(a.providers == 0, 1.0, 0.0)
    y.monthly_churn = 1 - o.twelfth_root(1 - a.churn)
    y.demand_index = 1 / response(o, a.price_elasticity * (a.price - 1))
    y.uncrowded = o.where(a.crowding == 0, 1.0, 0.0)
    y.fill = fill(o, a, y.uncrowded, y.demand_index, 1.0)
    y.pay_ratio = 1.0


def year_ahead(o: Carrier, a: Any, t: Any, last: Any, y: Any) -> None:
    """What is known of year ``t`` before its first month."""
    y.programme = last.reinvestment
    y.monthly_programme = y.programme / 12
    y.monthly_interest = a.cash_rate * o.maximum(0.0, last.cash) / 12
    passed = o.ratio(t - 1, a.years - 1)
    y.take = a.take_rate + a.take_rate_step * (t - 1)
    y.price_level = o.where(t == 1, 1.0, last.price_level * (1 + a.inflation))
    y.usual_sales = o.where(t == 1, a.sales_per_provider, last.usual_sales * (1 + a.sales_growth))
    y.monthly_sales = y.usual_sales * a.price / 12
    y.monthly_intake = (a.intake_first + (a.intake_last - a.intake_first) * passed) / 12

    y.spending = o.ratio(last.product + last.marketing + last.programme, last.gross_sales)
    y.spending_effect = o.where(t == 1, 0.0, a.spend_response * o.ratio(y.spending - a.spend_needed, y.spending + a.spend_needed))
    demand = a.demand_first + (a.demand_last - a.demand_first) * passed
    y.demand_growth = o.twelfth_root(o.maximum(0.0, 1 + demand + y.spending_effect))

    # What a provider can see here, of what is earned elsewhere: a part that grows with the fill and a part beside it.
    refunds = o.ratio(last.patronage_cash + last.share_interest + last.redemption, last.active_providers)
    kept = (1 - y.take - o.ratio(a.order_fee, a.order_value * a.price)) * (1 + a.benefits_rate)
    by_fill = y.usual_sales * a.price * (kept + a.incentive_rate - a.provider_cost_rate / a.price)
    beside = refunds - a.dues * y.price_level * (1 + a.benefits_rate)
    y.elsewhere = y.usual_sales * (a.outside_keep - a.provider_cost_rate)
    unmoved = (a.pay_response == 0) | (y.usual_sales == 0)
    y.pay_by_fill = o.where(unmoved, 0.0, o.ratio(by_fill, y.elsewhere))
    y.pay_beside = o.where(unmoved, 1.0, o.ratio(beside, y.elsewhere))


def month(o: Carrier, a: Any, start: Any, ahead: Any, season: Any, last: Any, y: Any) -> None:
    """The market in one month; ``start`` is the launch, ``ahead`` what is known of the year, ``season`` its factor."""
    y.pay_ratio = last.fill * ahead.pay_by_fill + ahead.pay_beside
    y.pull = response(o, a.pay_response * (y.pay_ratio - 1))
    y.joining = last.providers * ahead.monthly_intake * y.pull
    y.leavers = last.providers * o.minimum(1.0, start.monthly_churn / y.pull)
    y.demand_index = last.demand_index * ahead.demand_growth
    room = o.maximum(0.0, start.providers * y.demand_index - last.providers + y.leavers)
    y.recruits = a.open_doors * y.joining + (1 - a.open_doors) * o.minimum(y.joining, room)
    y.providers = last.providers + y.recruits - y.leavers
    y.active_providers = (last.providers + y.providers) / 2
    y.fill = fill(o, a, start.uncrowded, y.demand_index, (y.active_providers + start.nobody) / (start.providers + start.nobody))
    y.at_pace = y.active_providers * (ahead.monthly_sales * y.fill)
    y.gross_sales = y.at_pace * season
    y.provider_years = y.active_providers / 12


def year_past(o: Carrier, y: Any) -> None:
    """What the months of a year make, beside sums and means; ``at_pace`` is their sum."""
    y.sales_per_provider = o.ratio(y.at_pace, y.active_providers)


def season(o: Carrier, a: Any, month_of_year: Any) -> Any:
    """Sales of a month (1..12), of an average one."""
    return 1 + a.season_swing * o.cosine(month_of_year - a.season_peak)
