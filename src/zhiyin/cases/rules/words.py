"""The closed lists of the loop."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class Kind(Choice):
    COMPLAINT = "complaint", gettext_noop("Complaint")
    REQUEST = "request", gettext_noop("Service request")
    ENQUIRY = "enquiry", gettext_noop("Enquiry")
    SUGGESTION = "suggestion", gettext_noop("Suggestion")
    PRAISE = "praise", gettext_noop("Praise")


class Stage(Choice):
    """The last milestone a case has reached; what is being done now is the step after it."""

    RECEIVED = "received", gettext_noop("Received")
    JUDGED = "judged", gettext_noop("Judged")
    ASSIGNED = "assigned", gettext_noop("Taken by the department")
    INVESTIGATED = "investigated", gettext_noop("Investigated")
    PROPOSED = "proposed", gettext_noop("Proposed")
    APPROVED = "approved", gettext_noop("Proposals approved")
    CHOSEN = "chosen", gettext_noop("Chosen by the customer")
    REMEDIED = "remedied", gettext_noop("Remedied")
    CONFIRMED = "confirmed", gettext_noop("Confirmed")
    CLOSED = "closed", gettext_noop("Closed with an explanation")
    ARCHIVED = "archived", gettext_noop("Archived")


class Severity(Choice):
    LOW = "1", gettext_noop("Minor")
    MEDIUM = "2", gettext_noop("Noticeable")
    HIGH = "3", gettext_noop("Serious")


class Emotion(Choice):
    CALM = "calm", gettext_noop("Calm")
    ANXIETY = "anxiety", gettext_noop("Anxious")
    SADNESS = "sadness", gettext_noop("Sad")
    ANGER = "anger", gettext_noop("Angry")
    CLAMOUR = "clamour", gettext_noop("In clamour")
    GLAD = "glad", gettext_noop("Glad")


class Outcome(Choice):
    """How a case ended; none is archived without one (ISO 10002:2018, 7.2)."""

    SATISFIED = "satisfied", gettext_noop("Confirmed by the customer")
    UNREACHED = "unreached", gettext_noop("Done; the customer could not be reached")
    EXPLAINED = "explained", gettext_noop("Not founded; explained kindly")
    ANSWERED = "answered", gettext_noop("Answered")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn by the customer")
    MERGED = "merged", gettext_noop("Merged into another case")


class Gap(Choice):
    """Parasuraman, Zeithaml and Berry (1985): which of the five service gaps a cause belongs to."""

    UNDERSTANDING = "understanding", gettext_noop("Understanding: we did not know what matters to customers")
    STANDARDS = "standards", gettext_noop("Standards: our standard is below what customers tolerate")
    DELIVERY = "delivery", gettext_noop("Delivery: the standard was not kept")
    COMMUNICATION = "communication", gettext_noop("Communication: we said more than we did")
    PERCEPTION = "perception", gettext_noop("Perception: it was done, but not felt")


class ClockKind(Choice):
    ACKNOWLEDGE = "acknowledge", gettext_noop("Acknowledge")
    JUDGE = "judge", gettext_noop("Judge")
    RESPOND = "respond", gettext_noop("First answer")
    RESOLVE = "resolve", gettext_noop("Resolve")


class ClockState(Choice):
    RUNNING = "running", gettext_noop("Running")
    PAUSED = "paused", gettext_noop("Stopped while waiting")
    MET = "met", gettext_noop("In time")
    STOPPED = "stopped", gettext_noop("No longer needed")


class AssignmentState(Choice):
    OFFERED = "offered", gettext_noop("Waiting for the department")
    ACCEPTED = "accepted", gettext_noop("Accepted")
    REFUSED = "refused", gettext_noop("Refused")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn")


class ProposalState(Choice):
    PROPOSED = "proposed", gettext_noop("Waiting for approval")
    APPROVED = "approved", gettext_noop("Approved")
    REFUSED = "refused", gettext_noop("Sent back")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn")
    CHOSEN = "chosen", gettext_noop("Chosen")


class EscalationKind(Choice):
    SUPERVISOR = "supervisor", gettext_noop("To the supervisor")
    MANAGEMENT = "management", gettext_noop("To management")
    REGULATOR = "regulator", gettext_noop("Regulator")
    MEDIA = "media", gettext_noop("Press or public attention")
    COURT = "court", gettext_noop("Court or arbitration")


class LinkPurpose(Choice):
    FOLLOW = "follow", gettext_noop("Follow")
    CHOOSE = "choose", gettext_noop("Choose")
    CONFIRM = "confirm", gettext_noop("Confirm")
    FACTS = "facts", gettext_noop("Note down facts")


class EventKind(Choice):
    """What can happen to a case; the timeline is made of these."""

    OPENED = "opened", gettext_noop("Received")
    ACKNOWLEDGED = "acknowledged", gettext_noop("Acknowledged")
    TAKEN = "taken", gettext_noop("Taken on")
    HELPED = "helped", gettext_noop("Help was given")
    JUDGED = "judged", gettext_noop("Judged")
    EXPLAINED = "explained", gettext_noop("Explained and closed")
    OFFERED = "offered", gettext_noop("Passed to the department")
    ACCEPTED = "accepted", gettext_noop("Accepted by the department")
    REFUSED = "refused", gettext_noop("Refused by the department")
    AGREED = "agreed", gettext_noop("Time agreed with the customer")
    INVESTIGATED = "investigated", gettext_noop("Investigated")
    PROPOSED = "proposed", gettext_noop("Proposal made")
    WITHDRAWN = "withdrawn", gettext_noop("Proposal withdrawn")
    SUBMITTED = "submitted", gettext_noop("Proposals handed to the supervisor")
    APPROVED = "approved", gettext_noop("Proposals approved")
    SENT_BACK = "sent_back", gettext_noop("Proposals sent back")
    CHOSEN = "chosen", gettext_noop("The customer chose")
    NONE_FITS = "none_fits", gettext_noop("The customer found none of them fitting")
    REMEDIED = "remedied", gettext_noop("Carried out")
    CONFIRMED = "confirmed", gettext_noop("Confirmed")
    REOPENED = "reopened", gettext_noop("Reopened")
    CLOSED = "closed", gettext_noop("Closed")
    ARCHIVED = "archived", gettext_noop("Archived")
    ESCALATED = "escalated", gettext_noop("Escalated")
    LINKED = "linked", gettext_noop("Linked with another case")
    MERGED = "merged", gettext_noop("Merged")
    UNMERGED = "unmerged", gettext_noop("Merge undone")
    NOTED = "noted", gettext_noop("Note")
    REASSIGNED = "reassigned", gettext_noop("Handed over")
    CORRECTED = "corrected", gettext_noop("Details corrected")
    LINK_SENT = "link_sent", gettext_noop("Link sent to the customer")
    LINK_OPENED = "link_opened", gettext_noop("The customer opened the link")
    PROMISED = "promised", gettext_noop("Promised")
    FACTS = "facts", gettext_noop("Facts noted")
    PLACED = "placed", gettext_noop("Put to a service and a touchpoint")
    GUARANTEE_BROKEN = "guarantee_broken", gettext_noop("The guarantee was not kept")
    MADE_GOOD = "made_good", gettext_noop("What the guarantee promises was given")
    MONEY_ASKED = "money_asked", gettext_noop("Money asked for")
    MONEY_SPENT = "money_spent", gettext_noop("Money spent")
    MONEY_APPROVED = "money_approved", gettext_noop("Money approved")
    MONEY_REFUSED = "money_refused", gettext_noop("Money not approved")
    MONEY_BACK = "money_back", gettext_noop("No more money needed")
    INCIDENT = "incident", gettext_noop("Belongs to a mass incident")
    APART = "apart", gettext_noop("Differs from the incident; followed up on its own")
    REQUESTED = "requested", gettext_noop("A colleague was asked")
    REQUEST_ANSWERED = "request_answered", gettext_noop("A colleague answered")
    REQUEST_JUDGED = "request_judged", gettext_noop("The answer was looked at")
    REQUEST_ENDED = "request_ended", gettext_noop("A request among us ended without an answer")
    REQUEST_OVER = "request_over", gettext_noop("A colleague's answer is late")
    EXPECTED = "expected", gettext_noop("Expectation written down")
    TRANSFERRED = "transferred", gettext_noop("Sent to us by an authority")
    TRANSFER_ACCEPTED = "transfer_accepted", gettext_noop("Transfer accepted")
    TRANSFER_REFUSED = "transfer_refused", gettext_noop("Transfer not accepted")
    TRANSFER_EXTENDED = "transfer_extended", gettext_noop("Return deadline extended")
    LETTER_ISSUED = "letter_issued", gettext_noop("Formal letter issued")
    TRANSFER_REPLIED = "transfer_replied", gettext_noop("Authority answered")
    TRANSFER_CLOSED = "transfer_closed", gettext_noop("Transfer closed by the authority")
    DUTY_SOON = "duty_soon", gettext_noop("A statutory deadline is near")
    DUTY_OVER = "duty_over", gettext_noop("A statutory deadline has passed")
    CLOCK_SOON = "clock_soon", gettext_noop("Time is getting short")
    CLOCK_OVER = "clock_over", gettext_noop("Time has run out")
