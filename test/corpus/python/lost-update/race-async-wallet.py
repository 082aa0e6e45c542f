# race: lost-update check=10 act=12
class Wallet:
    """Keeps a running total in points; rates come from a service."""

    def __init__(self, rates):
        self.rates = rates
        self.points = 0

    async def earn(self, amount, currency):
        points = self.points
        rate = await self.rates.get(currency)
        self.points = points + amount * rate

    def summary(self):
        return f"{self.points} points"
