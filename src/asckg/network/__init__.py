"""Networks: the graph as networkx has it, whole or as a projection that answers a kind of question."""

from asckg.network.multigraph import claim_network, full_network
from asckg.network.projection import PROJECTIONS, project

__all__ = ["PROJECTIONS", "claim_network", "full_network", "project"]
