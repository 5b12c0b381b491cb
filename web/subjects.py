"""The subjects of the desk behind its entrance. Importing them costs most of a start, so the
application does so once it answers (`web/app.py`)."""

from web.account import entering, feed
from web.account import routes as account
from web.acts import routes as acts
from web.admin import routes as admin
from web.calendar import routes as calendar
from web.cases import finding, private, shown, whatif
from web.cases import routes as cases
from web.inbox import routes as inbox
from web.items import routes as items
from web.law import routes as law
from web.live import routes as live
from web.registration import routes as registration
from web.remedies import routes as remedies
from web.replies import routes as replies
from web.reports import routes as reports
from web.supervision import routes as supervision
from web.uploads import routes as uploads

SUBJECTS = (
    entering,
    account,
    feed,
    inbox,
    cases,
    finding,
    private,
    shown,
    whatif,
    items,
    acts,
    admin,
    calendar,
    law,
    reports,
    registration,
    live,
    supervision,
    remedies,
    replies,
    uploads,
)
"""Each with its pages, in `router`."""
