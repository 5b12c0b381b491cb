"""A browser as people know it, from what it says of itself."""

from web.frame.pages import say

BROWSERS = {
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "QQBrowser": "QQ",
    "OPR": "Opera",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
"""By the word they are known by: each also says the words of those it descends from, so the first
that is found is it."""


def device_words(agent: str) -> str:
    """Browser and system; what it said, where neither is known."""
    browser, system = (
        next((name for mark, name in known.items() if mark in agent), None)
        for known in (BROWSERS, SYSTEMS)
    )
    if browser is None or system is None:
        return agent or "—"
    return say("account.on_system", browser=browser, system=system)
