"""The kinds of sources that evidence comes from, as they ship. Administrators can change the list."""

NAMES = {
    "survey": "Survey",
    "complaints": "Complaints and compliments",
    "jsna": "Joint strategic needs assessment (JSNA)",
    "engagement-event": "Engagement event",
    "service-data": "Data about a service",
    "workforce-data": "Data about the workforce",
    "equality-impact-assessment": "Equality impact assessment",
    "policy": "Policy or strategy",
}
