import { t } from '../text';
import type { ProblemBody } from './types';

const root = 'api/v1';

/** What the server refused, or that it could not be reached (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: { field: string; message: string }[] = [],
  ) {
    super(detail || title);
    this.name = 'Problem';
  }
}

/** A request with the session's cookie; throws a Problem unless the answer is 2xx. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(root + path, {
      method,
      credentials: 'same-origin',
      headers: headers(method, body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, t.problem.unreachable, t.problem.unreachableDetail);
  }
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function headers(method: string, hasBody: boolean): Record<string, string> {
  const all: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  if (hasBody) all['Content-Type'] = 'application/json';
  // Without it Spring Security answers a 401 with a challenge that opens the browser's own password box.
  all['X-Requested-With'] = 'XMLHttpRequest';
  const token = csrfToken(document.cookie);
  if (token !== undefined && method !== 'GET') all['X-XSRF-TOKEN'] = token;
  return all;
}

export function csrfToken(cookies: string): string | undefined {
  const found = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(cookies)?.[1];
  return found === undefined ? undefined : decodeURIComponent(found);
}

async function problemOf(response: Response): Promise<Problem> {
  // A reverse proxy in between answers with HTML of its own.
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const title = body.title ?? t.problem.status(response.status);
  return new Problem(response.status, title, body.detail ?? '', body.errors ?? []);
}
