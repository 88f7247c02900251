"""Rooms: questions that many people answer on their phones at once, and several ways of counting what they said.

Nothing here knows a screen of the app. A room holds no names and no addresses, and is deleted after twelve hours.
"""
