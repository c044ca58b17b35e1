"""Analysis: measures of a graph, each a function that returns frozen values; networkx does the mathematics."""

from asckg.analysis.agreement import Agreement, Disagreement, Kappa, agreements, cohen, disagreements
from asckg.analysis.centrality import Central, brokers, centralities
from asckg.analysis.community import Community, communities, modularity
from asckg.analysis.concentration import Concentration, Weight, concentration, weights
from asckg.analysis.figure import FIGURES, Figure, figure
from asckg.analysis.gap import Gap, gaps
from asckg.analysis.hole import Hole, structural_holes
from asckg.analysis.measure import MEASURES, as_answer
from asckg.analysis.pairing import Pair, co_cited, coupled
from asckg.analysis.robustness import Fall, Loss, losses, withdraw, withdrawals

__all__ = [
    "FIGURES",
    "MEASURES",
    "Agreement",
    "Central",
    "Community",
    "Concentration",
    "Disagreement",
    "Fall",
    "Figure",
    "Gap",
    "Hole",
    "Kappa",
    "Loss",
    "Pair",
    "Weight",
    "agreements",
    "as_answer",
    "brokers",
    "centralities",
    "co_cited",
    "cohen",
    "communities",
    "concentration",
    "coupled",
    "disagreements",
    "figure",
    "gaps",
    "losses",
    "modularity",
    "structural_holes",
    "weights",
    "withdraw",
    "withdrawals",
]
