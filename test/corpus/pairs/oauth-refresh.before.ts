import { EventEmitter } from 'events';
import type { Logger } from 'pino';
import { decodeJwt } from './jwt';
import { HttpClient, HttpError } from './http';
import { TokenStore } from './token-store';

export interface TokenSet {
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
}

export interface AuthClientOptions {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  clockToleranceMs?: number;
  logger: Logger;
}

export class AuthClient extends EventEmitter {
  private tokens: TokenSet | null = null;
  private readonly http: HttpClient;

  constructor(
    private readonly options: AuthClientOptions,
    private readonly store: TokenStore,
  ) {
    super();
    this.http = new HttpClient({ baseUrl: options.issuer, timeout: 10_000 });
  }

  async init(): Promise<void> {
    const saved = await this.store.load(this.options.clientId);
    if (saved) {
      this.tokens = saved;
      this.options.logger.debug({ clientId: this.options.clientId }, 'restored tokens');
    }
  }

  get isAuthenticated(): boolean {
    return this.tokens !== null;
  }

  async getAccessToken(): Promise<string> {
    if (!this.tokens) {
      throw new Error('not authenticated');
    }
    const tolerance = this.options.clockToleranceMs ?? 30_000;
    if (this.tokens.expiresAt - tolerance <= Date.now()) {
      await this.refresh();
    }
    return this.tokens.accessToken;
  }

  async refresh(): Promise<void> {
    const current = this.tokens;
    if (!current) {
      throw new Error('cannot refresh without a session');
    }
    this.options.logger.info('refreshing access token');
    try {
      const response = await this.http.post('/oauth/token', {
        grant_type: 'refresh_token',
        refresh_token: current.refreshToken,
        client_id: this.options.clientId,
        client_secret: this.options.clientSecret,
      });
      const claims = decodeJwt(response.access_token);
      this.tokens = {
        accessToken: response.access_token,
        refreshToken: response.refresh_token ?? current.refreshToken,
        expiresAt: claims.exp * 1000,
      };
      await this.store.save(this.options.clientId, this.tokens);
      this.emit('refreshed', this.tokens);
    } catch (err) {
      if (err instanceof HttpError && err.status === 400) {
        this.options.logger.warn({ err }, 'refresh token rejected, logging out');
        await this.logout();
      }
      throw err;
    }
  }

  async logout(): Promise<void> {
    this.tokens = null;
    await this.store.clear(this.options.clientId);
    this.emit('logout');
  }
}
