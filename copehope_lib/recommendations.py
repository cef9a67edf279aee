"""What the report asks of practice, in our own words, and what each check leaves unsaid.

The words stand apart from the numbers, so that a page can show what is counted, among what,
and what the number does not say, beside each result of ``practice.checks``.
"""

from dataclasses import dataclass
from typing import Literal

from copehope_lib.language import mark as N_
from copehope_lib.vocabulary import Dimension

Unit = Literal[
    "woman", "goal", "session", "activity", "professional", "place", "month", "action", "agreement"
]  # fmt: skip
"""What one thing to check is."""


@dataclass(frozen=True)
class Recommendation:
    """One thing that the report asks for and that a registry can tell something about.

    Texts are the English source; whoever shows one translates it there.

    Attributes
    ----------
    id : str
        Name of the check, as in ``practice.checks``.
    dimension : Dimension
        Dimension of the report to which it belongs.
    section : str
        Section of the report.
    sentence : str
        What is asked for, as a short statement without a full stop.
    numerator : str
        What is counted.
    denominator : str
        Among what.
    silent : str
        What the number deliberately does not say, as a sentence.
    unit : Unit
        What one thing to check is.
    about_safety : bool
        Whether the count would tell something about the answers of a risk assessment, or about
        what she agreed to. Such a check is neither shown nor counted outside supervision.

    Examples
    --------
    >>> RECOMMENDATIONS["group_size"].sentence, RECOMMENDATIONS["group_size"].section
    ('Groups of 5 to 10 women', '5.5')
    >>> [check.id for check in RECOMMENDATIONS.values() if check.about_safety]
    ['alone_means_alone', 'half_hour', 'contact_agreed', 'plan_made', 'wish_heard',
     'support_in_safe_groups', 'discussion_agreed']
    """

    id: str
    dimension: Dimension
    section: str
    sentence: str
    numerator: str
    denominator: str
    silent: str
    unit: Unit
    about_safety: bool = False


_ALL = (
    Recommendation(
        "risk_assessed",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("A risk assessment younger than 90 days"),
        N_("Women whose latest risk assessment is younger than 90 days"),
        N_("Women accompanied on the last day"),
        N_("It does not say what an assessment found, nor whether she is safe."),
        "woman",
    ),
    Recommendation(
        "six_answers",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("An answer to each of the six risk questions"),
        N_("Women whose latest risk assessment leaves none of the six questions open"),
        N_("Women accompanied on the last day who have a risk assessment"),
        N_("It does not say what the answers are: a yes and a no count alike."),
        "woman",
    ),
    Recommendation(
        "alone_means_alone",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.2",
        N_("No group for a woman who is to be seen alone"),
        N_("Women expected at no group session of the period since that assessment"),
        N_("Women accompanied on the last day who are to be seen alone"),
        N_("It does not say whom she met on her way, nor what she herself would like."),
        "woman",
        about_safety=True,
    ),
    Recommendation(
        "half_hour",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.2",
        N_("Half an hour between sessions for women who should not meet others"),
        N_("Those half an hour or more apart from every session of another woman at that place"),
        N_("Individual sessions in person with a woman who should not meet others"),
        N_("It does not say whether anybody met: it knows the timetable, not the corridor."),
        "session",
        about_safety=True,
    ),
    Recommendation(
        "contact_agreed",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("A signed consent to the way in which she is reached"),
        N_("Women whose latest risk assessment holds that consent"),
        N_("Women accompanied on the last day"),
        N_("It does not say whether that way of reaching her is still safe today."),
        "woman",
        about_safety=True,
    ),
    Recommendation(
        "plan_made",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("A safety plan made with her where there is reason for care"),
        N_("Women with whom a safety plan was made"),
        N_("Women accompanied on the last day whose risk assessment gives reason for care"),
        N_("It does not say what the plan holds, nor whether it would hold."),
        "woman",
        about_safety=True,
    ),
    Recommendation(
        "wish_heard",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.2",
        N_("Groups that she herself wishes"),
        N_("Women who said that they wish to be in groups"),
        N_("Women assessed whom a group expected in the period"),
        N_("It does not say what she would have said to somebody else."),
        "woman",
        about_safety=True,
    ),
    Recommendation(
        "support_in_safe_groups",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.2",
        N_("Psychological support in groups only where groups are safe for her"),
        N_("Women for whom groups are welcome by their risk assessment"),
        N_("Women assessed whom a group of psychological support or art therapy expected"),
        N_("It does not say what is told in that group, nor who listens."),
        "woman",
        about_safety=True,
    ),
    Recommendation(
        "report_came_first",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("A report with the six answers before the first interview"),
        N_("Women whose report came by the day of their first risk assessment"),
        N_("Women accompanied on the last day who entered within a year"),
        N_("It does not say whether what the report says was true of her."),
        "woman",
    ),
    Recommendation(
        "protocol_agreed",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("A safety protocol, and a police contact that was tried"),
        N_("Those that are in place: the contact tried within a year"),
        N_("The two of them, where copehope.toml names the day of one"),
        N_("It does not say whether everybody in the team knows where to look at night."),
        "agreement",
    ),
    Recommendation(
        "discussion_agreed",
        Dimension.SAFETY_CONFIDENTIALITY,
        "5.1.1",
        N_("Her consent to be spoken of in supervision"),
        N_("Women who agreed to it"),
        N_("Women accompanied on the last day"),
        N_("It does not say whether she knew that she could say no."),
        "woman",
        about_safety=True,
    ),
    Recommendation(
        "mediated",
        Dimension.FRAME_OF_ACTION,
        "4.12",
        N_("Cultural mediation where she asked for it"),
        N_("Women with at least one session of the period held with mediation"),
        N_("Women who want mediation and whom a session of the period expected"),
        N_("It does not say whether she trusts the mediator, nor in which sessions she needs one."),
        "woman",
    ),
    Recommendation(
        "needs_reviewed",
        Dimension.BASIC_NEEDS,
        "5.2",
        N_("A review of basic needs younger than 60 days"),
        N_("Women with a review of their needs that is younger than 60 days"),
        N_("Women accompanied on the last day"),
        N_("It does not say whether needs are covered, nor whether all of them were looked at."),
        "woman",
    ),
    Recommendation(
        "needs_before_training",
        Dimension.BASIC_NEEDS,
        "5.2",
        N_("Basic needs before a long training"),
        N_("Women of whose needs none is known to be uncovered"),
        N_("Women expected at a long training that they cannot enter and leave by parts"),
        N_("It does not say whether she wanted it all the same, nor what nobody reviewed."),
        "woman",
    ),
    Recommendation(
        "childcare",
        Dimension.PITFALLS,
        "5.6",
        N_("Childcare where women with children are expected"),
        N_("Activities during which children are looked after"),
        N_("Activities in person at which a woman who takes care of children was expected"),
        N_("It does not say whether she needed childcare, nor whether it fitted her day."),
        "activity",
    ),
    Recommendation(
        "transport",
        Dimension.BEST_PRACTICES,
        "5.5",
        N_("Transport paid for where women are expected"),
        N_("Activities with support for transport"),
        N_("Activities in person at which somebody was expected"),
        N_("It does not say whether the support was enough, nor whether it came in time."),
        "activity",
    ),
    Recommendation(
        "group_size",
        Dimension.BEST_PRACTICES,
        "5.5",
        N_("Groups of 5 to 10 women"),
        N_("Group sessions to which 5 to 10 women came"),
        N_("Group sessions to which at least one woman came"),
        N_("It does not say how the group was for those in it: four women can be just right."),
        "session",
    ),
    Recommendation(
        "session_length",
        Dimension.BEST_PRACTICES,
        "5.5",
        N_("Sessions of 90 minutes at most"),
        N_("Sessions that lasted 90 minutes or less"),
        N_("Sessions that were held"),
        N_("It does not say whether there was a break, nor whether anyone was tired."),
        "session",
    ),
    Recommendation(
        "team_trained",
        Dimension.BEST_PRACTICES,
        "5.5",
        N_("Training on trafficking for the whole team"),
        N_("Those of them who had a training on trafficking by the last day"),
        N_("Members of the team on the last day"),
        N_("It does not say what they remember of it, nor what they need now."),
        "professional",
    ),
    Recommendation(
        "externals_trained",
        Dimension.PITFALLS,
        "5.6",
        N_("Training on trafficking before the first session of an external professional"),
        N_("External professionals who were trained by the day of their first session"),
        N_("External professionals who held a session"),
        N_("It does not say what the training was about, nor what became of it in the room."),
        "professional",
    ),
    Recommendation(
        "three_profiles",
        Dimension.PROFESSIONALS,
        "5.4",
        N_("Three or more profiles around each woman"),
        N_("Women around whom stand three profiles or more"),
        N_("Women accompanied on the last day"),
        N_("It does not say whether they talk to one another, nor whether she wants so many."),
        "woman",
    ),
    Recommendation(
        "functions_shared",
        Dimension.PROFESSIONALS,
        "5.4",
        N_("Functions shared out among professionals"),
        N_("Women who do not rest on one person alone"),
        N_("Women accompanied on the last day by at least one professional"),
        N_("It does not say whom she trusts: one close person may be what she chose."),
        "woman",
    ),
    Recommendation(
        "places_taken",
        Dimension.PITFALLS,
        "5.6",
        N_("Plans for as many women as can come"),
        N_("Places taken so far by women who came at least once"),
        N_("Places planned in the activities that were held"),
        N_("It does not say why a place stayed free: that asks about the plan, not the women."),
        "place",
    ),
    Recommendation(
        "goals_hers",
        Dimension.FRAME_OF_ACTION,
        "5.3.2",
        N_("Goals that are her own"),
        N_("Open goals chosen by her or together with her"),
        N_("Open goals of the women accompanied on the last day"),
        N_("It does not say how a goal was chosen, nor whether she could have said no."),
        "goal",
    ),
    Recommendation(
        "therapy_chosen",
        Dimension.PITFALLS,
        "5.6",
        N_("Therapy that she asked for"),
        N_("Women with an emotional goal chosen by them or together with them"),
        N_("Women expected at psychological support or art therapy"),
        N_("It does not say whether therapy does her good, nor what nobody wrote down."),
        "woman",
    ),
    Recommendation(
        "supervision_held",
        Dimension.PROFESSIONALS,
        "5.4",
        N_("Supervision every month"),
        N_("Months in which an action was decided"),
        N_("The last six months, from the first in which a woman was accompanied"),
        N_("It does not see a meeting at which nothing was decided, nor what a meeting gave."),
        "month",
    ),
    Recommendation(
        "actions_done",
        Dimension.PROFESSIONALS,
        "5.4",
        N_("What was decided is done"),
        N_("Actions that were done by the last day"),
        N_("Actions decided in the period before"),
        N_("It does not say whether the action was worth doing, nor what stood in its way."),
        "action",
    ),
)

RECOMMENDATIONS = {asked.id: asked for asked in _ALL}
"""All of them by name, in the order of ``practice.checks``."""
