/** Registers every simulated module of the standard library. */
import './core.ts';
import './time.ts';
import './threading.ts';
import './asyncio.ts';
import './harness.ts';
import './data.ts';
import './system.ts';
import './files.ts';
import './state.ts';
import './hashlib.ts';
import './struct.ts';
import './datetime.ts';
import '../indices.ts';
import '../exception-groups.ts';
