"""What every face of the graph says of its reach."""

BRIEF = "One synthesis, November 2023, England; paraphrased and coded by the maintainers; not validated or endorsed."
CAVEAT = (
    "One synthesis, November 2023, England. Paraphrased and coded by the maintainers; not validated by its authors or "
    "by domain experts; not endorsed by the NIHR. A gap here is a gap in this source, not in the world."
)
