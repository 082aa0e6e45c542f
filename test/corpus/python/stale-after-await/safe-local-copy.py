# safe: an early copy is meant: the report is of the moment it was asked for
class Report:
    def __init__(self, printer):
        self.printer = printer
        self.rows = ()

    async def print_out(self):
        rows = self.rows
        await self.printer.warm_up()
        return await self.printer.print_rows(rows)
