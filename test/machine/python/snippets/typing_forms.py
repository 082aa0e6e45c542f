from typing import *
Point = NamedTuple('Point', [('x', int), ('y', int)]); print(Point(1,2), Point(x=1, y=2).x)
UserId = NewType('UserId', int); print(UserId(4))
TD = TypedDict('TD', {'a': int}); print(TD(a=1))
print(get_origin(List[int]) is list, get_args(Dict[str, int]) == (str, int), Optional[int] is not None, Literal['a'] is not None, Callable[[int], str] is not None, Union[int, str] is not None)
def ff(x: int, y: str = '') -> float: ...
print(ff.__annotations__, get_type_hints(ff))
class G(Generic[TypeVar('T')]): pass
print(G[int]() is not None, isinstance(G[int](), G)); reveal = cast('int', 3); print(reveal)
try: assert_never(3)
except AssertionError as e: print('never')
