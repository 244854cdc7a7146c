/** What went wrong with a request: the problem the server named. */
export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;

  constructor(address: string, status: number, body: string) {
    super(`${address}: ${status} ${body.slice(0, 2000)}`);
    this.status = status;
    this.code = codeOf(body);
  }
}

function codeOf(body: string): string {
  try {
    return String((JSON.parse(body) as { code?: unknown }).code);
  } catch {
    return 'unknown';
  }
}

/** A person signed in to the API, as a program: keeps the session cookie, speaks JSON. */
export class HttpClient {
  readonly #base: string;
  #cookie = '';

  constructor(url: string) {
    this.#base = `${url}/api/v1`;
  }

  async signIn(login: string, password: string): Promise<this> {
    const response = await this.#send('POST', '/session', JSON.stringify({ login, password }));
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await response.arrayBuffer();
    return this;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.#send('GET', path)).json()) as T;
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return (await (await this.#send('POST', path, JSON.stringify(body))).json()) as T;
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    return (await (await this.#send('PATCH', path, JSON.stringify(body))).json()) as T;
  }

  async postCsv<T>(path: string, csv: string): Promise<T> {
    return (await (await this.#send('POST', path, csv, 'text/csv')).json()) as T;
  }

  async #send(method: string, path: string, body?: string, type = 'application/json') {
    const response = await fetch(this.#base + path, {
      method,
      headers: { cookie: this.#cookie, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) throw new RequestFailed(path, response.status, await response.text());
    return response;
  }
}
