"""What a user does. Whoever imports any of it has the gate that keeps closed quarters closed."""

from services import closed as closed
