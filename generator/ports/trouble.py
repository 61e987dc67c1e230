"""What the outside can throw at us."""


class Unavailable(Exception):
    """It did not answer now; nothing was decided, and the same call may be made again later."""


class TooMany(Exception):
    """Too many tries were made already; nothing was saved."""


class Conflict(Exception):
    """Somebody else changed it since we read it; nothing was saved."""
