"""The facilitator's side of a room: open it, ask, count what the phones say, and let the decision move the model."""
