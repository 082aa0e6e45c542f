# safe: the total is read after the await, in the statement that writes it
class Wallet:
    def __init__(self, rates):
        self.rates = rates
        self.points = 0

    async def earn(self, amount, currency):
        rate = await self.rates.get(currency)
        self.points += amount * rate
