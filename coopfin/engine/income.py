"""The income statement of a month or a year: formulas only; see ``market`` for the names.

Every line here is a sum of multiples of four quantities: gross sales, provider years (active providers × length of the
period), recruits, and the length itself. So one function serves the month, the year, and the slopes between them.
"""

from __future__ import annotations

from functools import reduce
from operator import add, attrgetter
from types import SimpleNamespace
from typing import Any

from coopfin.engine.carriers import Carrier
from coopfin.engine.lines import parts

_costs = attrgetter(*(each.name for each in parts("costs")))


def income(o: Carrier, a: Any, ahead: Any, length: Any, y: Any) -> None:
    """From gross sales down to the operating surplus, of a period of ``length`` years.

    ``y`` has its ``gross_sales``, ``provider_years`` and ``recruits``; ``ahead`` the take and price level of the year.
    """
    price_level = ahead.price_level
    y.orders = o.ratio(y.gross_sales, a.order_value * a.price) / price_level
    y.commission = ahead.take * y.gross_sales + a.order_fee * price_level * y.orders + a.dues * price_level * y.provider_years
    y.provider_pay = y.gross_sales - y.commission
    y.ancillary_revenue = a.ancillary_rate * y.gross_sales
    y.revenue = y.commission + y.ancillary_revenue

    y.payment_processing = a.processing_rate * y.gross_sales + a.payment_fee * price_level * y.orders
    y.service_costs = a.service_rate * y.gross_sales / a.price
    y.bad_debts = a.bad_debt_rate * y.gross_sales
    y.incentives = a.incentive_rate * y.gross_sales
    y.benefits = a.benefits_rate * y.provider_pay
    y.operations = a.operations_rate * y.revenue
    y.overhead_costs = a.overhead * price_level * length
    y.founder_wages = a.founder_pay * price_level * length
    y.product = a.product_rate * y.revenue + a.product_team * price_level * length
    y.marketing = a.marketing_rate * y.revenue
    y.community_contribution = a.community_rate * y.revenue
    y.acquisition = a.acquisition_cost * price_level * y.recruits
    y.governance = a.governance_cost * price_level * y.provider_years
    y.costs = reduce(add, _costs(y))
    y.operating_surplus = y.revenue - y.costs


def before_tax(y: Any) -> None:
    """The surplus before tax of a month or a year."""
    y.surplus_before_tax = y.operating_surplus + y.interest_income - y.loan_interest - y.note_cost


class Slopes:
    """What one unit of each quantity adds to the lines that a month's cash depends on, in one year.

    A month then costs a few products instead of the whole statement. The slopes are the statement itself, of one unit
    of each quantity and nothing of the others: no formula is written again, and no difference loses digits.
    """

    def __init__(self, o: Carrier, a: Any, ahead: Any) -> None:
        def of(gross_sales: float, provider_years: float, recruits: float, length: float) -> SimpleNamespace:
            y = SimpleNamespace(gross_sales=gross_sales, provider_years=provider_years, recruits=recruits)
            income(o, a, ahead, length, y)
            return y

        self._sales, self._heads = of(1.0, 0.0, 0.0, 0.0), of(0.0, 1.0, 0.0, 0.0)
        self._recruit = of(0.0, 0.0, 1.0, 0.0).operating_surplus
        self._fixed = of(0.0, 0.0, 0.0, 1.0).operating_surplus / 12

    def set_operating_surplus(self, y: Any) -> None:
        """Set the ``operating_surplus`` of a month with its sales, heads and recruits."""
        y.operating_surplus = (
            self._sales.operating_surplus * y.gross_sales
            + self._heads.operating_surplus * y.provider_years
            + self._recruit * y.recruits
            + self._fixed
        )

    def set_revenue(self, y: Any) -> None:
        """Set the ``revenue`` of a month."""
        y.revenue = self._sales.revenue * y.gross_sales + self._heads.revenue * y.provider_years

    def set_provider_pay(self, y: Any) -> None:
        """Set the ``provider_pay`` of a month."""
        y.provider_pay = self._sales.provider_pay * y.gross_sales + self._heads.provider_pay * y.provider_years
