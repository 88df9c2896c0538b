"""Who asks: the gate before every request and websocket, sign-in, and what belongs to whom. Imports only data."""
