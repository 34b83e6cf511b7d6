import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { routes, type Answer } from './routes';
import { type Scenario, World } from './world';

/** Serves the REST interface from memory, for `npm run dev:mock`. POST /mock/<scenario> changes the weather. */
export function mockBackend(): Plugin {
  const world = new World();
  const handle: Connect.NextHandleFunction = (req, res, next) => {
    const path = (req.url ?? '').split('?')[0] ?? '';
    if (path.startsWith('/mock/')) {
      world.set(path.slice('/mock/'.length) as Scenario);
      send(res, { status: 204 });
    } else if (path.startsWith('/api/v1/')) {
      void respond(world, req, res);
    } else {
      next();
    }
  };
  return {
    name: 'sluice-mock-backend',
    configureServer: (server) => void server.middlewares.use(handle),
    configurePreviewServer: (server) => void server.middlewares.use(handle),
  };
}

async function respond(world: World, req: IncomingMessage, res: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(req.url ?? '', 'http://localhost');
  const path = url.pathname.slice('/api/v1'.length);
  if (world.scenario === 'rest-down') res.destroy();
  else send(res, answer(world, req.method ?? 'GET', path, text === '' ? undefined : JSON.parse(text)));
}

function answer(world: World, method: string, path: string, body: unknown): Answer {
  if (path !== '/session' && !world.loggedIn) return { status: 401, body: { title: 'Unauthorized', status: 401 } };
  for (const { pattern, handle } of routes) {
    const match = pattern.exec(`${method} ${path}`);
    if (match) return handle(world, decodeURIComponent(match[1] ?? ''), body, (match[2] ?? ''));
  }
  return { status: 404, body: { title: 'Not Found', status: 404, detail: `${method} ${path}` } };
}

function send(res: ServerResponse, { status, body }: Answer) {
  res.statusCode = status;
  res.setHeader('Content-Type', status < 400 ? 'application/json' : 'application/problem+json');
  res.end(body === undefined ? undefined : JSON.stringify(body));
}
