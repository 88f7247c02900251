"""The server around the pages: routes, headers, limits and a graceful stop, and several processes behind one address."""
