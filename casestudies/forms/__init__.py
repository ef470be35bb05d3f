"""Forms for what is assessed: a review's header, its case studies and their sections."""
