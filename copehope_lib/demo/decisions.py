"""Sentences that a monthly meeting might write down, by the dimension they belong to (§3)."""

from typing import Final

from copehope_lib.vocabulary import Dimension

# Our own sentences, from what §5.1 to §5.6 recommend; nobody is named.
DECISIONS: Final = {
    Dimension.SAFETY_CONFIDENTIALITY: (
        "Repeat the risk assessments that are older than three months",
        "Keep the small waiting room for women of the programme only",
        "Leave half an hour between individual sessions in the same room",
        "Agree with the police contact whom to call after six in the evening",
        "Ask each woman again how she prefers to be reached, and note her consent",
        "Move the folders with consent forms to the cupboard with a key",
        "Write a one-page plan for what we do if somebody waits outside the door",
        "Check that files for the other organisation go out encrypted",
        "Choose a meeting point near the metro for women who do not share their address",
    ),
    Dimension.BASIC_NEEDS: (
        "Ask the food bank for parcels that can be collected in the evening",
        "Buy transport tickets for the next three months",
        "Find out how long the waiting list for nursery places is",
        "Prepare a plain-language sheet on how to apply for the health card",
        "Ask the reception centre to keep a bed free over the holidays",
        "Set aside a small fund for family emergencies",
        "Collect three second-hand phones with internet for the courses",
        "Review the needs of women in long courses before the second term",
        "Ask the town hall which papers can be handed in without an appointment",
    ),
    Dimension.FRAME_OF_ACTION: (
        "Ask women which activities they would choose before planning the spring term",
        "Invite a mediator to look through our welcome session with us",
        "Take one case reflection a month without deciding anything at the end",
        "Rewrite the goals sheet so that small steps have a place of their own",
        "Talk in the team about what we call motivation, and what else it could be",
        "Add a page on workers’ rights to the work guidance folder",
        "Read the description of the photography course together with two women",
        "Look at which goals were chosen by us and ask whether they are still hers",
    ),
    Dimension.PROFESSIONALS: (
        "Share out the reference women of the fullest caseload",
        "Fix the dates of supervision until the summer",
        "Make sure the external therapist has the first training on trafficking",
        "Agree on who answers the phone on Friday afternoons, and who does not",
        "Give the legal questions of one woman to a second professional",
        "Plan two hours to hand over before the holidays",
        "Ask the psychologist to join two reference meetings a month",
        "Write down what we can say no to, and say it in the same words",
        "Invite the mediator to the case meetings of women who speak little Spanish",
    ),
    Dimension.BEST_PRACTICES: (
        "Ask the language school for a room with childcare",
        "Split the larger language group in two",
        "Plan a visit to the library with those who would like to come",
        "Offer the sewing course in modules that can be taken one by one",
        "Ask two local companies for short work placements",
        "Prepare certificates for everyone who finished a module",
        "Shorten the digital literacy sessions to an hour and a half",
        "Look for a trainer who shares a language with the group",
        "Ring women who paused, to say that the door is open",
        "Put together a résumé template by competences",
    ),
    Dimension.PITFALLS: (
        "Plan eight places, not fifteen, for the next course",
        "Write a budget line for childcare and transport into the next application",
        "Offer psychological support again to those who said no, without insisting",
        "Ask mothers which hours are possible before the timetable is printed",
        "Stop counting a return as an exception in our monthly note",
        "Train externals on confidentiality before their first session",
        "Keep one evening slot a week for women who work",
        "Take the entry test out of the cooking course",
        "Look again at the two sessions we cancelled and offer new dates",
    ),
}
