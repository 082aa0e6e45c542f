# safe: compared again after the await
class Cluster:
    def __init__(self, net):
        self.net = net
        self.leader = None

    def elect(self, leader):
        self.leader = leader

    async def append(self, entry):
        leader = self.leader
        if leader is None:
            return False
        await self.net.flush()
        if self.leader is not leader:
            return False
        leader.append(entry)
        return True
