"""What the people who run the portal look at: health, logs, metrics, and the page that shows while it is down."""
