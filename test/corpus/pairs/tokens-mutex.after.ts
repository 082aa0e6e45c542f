import { toChecksumHexAddress } from '@metamask/controller-utils';
import { BaseController, RestrictedControllerMessenger } from '@metamask/base-controller';
import type { Hex } from '@metamask/utils';
import { Mutex } from 'async-mutex';
import { Contract } from '@ethersproject/contracts';
import { v1 as random } from 'uuid';
import type { Token } from './TokenRatesController';
import { fetchTokenMetadata, TOKEN_METADATA_NO_SUPPORT_ERROR } from './token-service';
import { formatAggregatorNames } from './assetsUtil';

const controllerName = 'TokensController';

export type TokensControllerState = {
  tokens: Token[];
  ignoredTokens: string[];
  detectedTokens: Token[];
  allTokens: { [chainId: Hex]: { [key: string]: Token[] } };
};

export const getDefaultTokensState = (): TokensControllerState => ({
  tokens: [],
  ignoredTokens: [],
  detectedTokens: [],
  allTokens: {},
});

/**
 * Controller that stores assets and exposes convenience methods
 */
export class TokensController extends BaseController<typeof controllerName, TokensControllerState, any> {
  readonly #mutex = new Mutex();

  #chainId: Hex;

  #selectedAddress: string;

  #abortController: AbortController;

  private tokens: Token[] = [];

  private ignoredTokens: string[] = [];

  constructor({ chainId, selectedAddress, messenger, state }: any) {
    super({ name: controllerName, metadata: {}, messenger, state: { ...getDefaultTokensState(), ...state } });
    this.#chainId = chainId;
    this.#selectedAddress = selectedAddress;
    this.#abortController = new AbortController();
  }

  async #fetchTokenMetadata(tokenAddress: string) {
    try {
      const token = await fetchTokenMetadata<any>(this.#chainId, tokenAddress, this.#abortController.signal);
      return token;
    } catch (error) {
      if (error instanceof Error && error.message.includes(TOKEN_METADATA_NO_SUPPORT_ERROR)) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Adds a token to the stored token list.
   */
  async addToken({ address, symbol, decimals }: { address: string; symbol: string; decimals: number }): Promise<Token[]> {
    const checksumAddress = toChecksumHexAddress(address);

    const tokenMetadata = await this.#fetchTokenMetadata(checksumAddress);
    const newEntry: Token = {
      address: checksumAddress,
      symbol,
      decimals,
      image: tokenMetadata?.iconUrl,
      aggregators: formatAggregatorNames(tokenMetadata?.aggregators || []),
    };

    await this.#mutex.runExclusive(() => {
      this.tokens = [...this.tokens.filter((token) => token.address !== checksumAddress), newEntry];
      this.ignoredTokens = this.ignoredTokens.filter((tokenAddress) => tokenAddress !== checksumAddress);
    });
    return this.tokens;
  }

  /**
   * Ignore a batch of tokens.
   */
  async ignoreTokens(tokenAddressesToIgnore: string[]): Promise<void> {
    await this.#mutex.runExclusive(() => {
      const ignored = new Set(tokenAddressesToIgnore.map((address) => toChecksumHexAddress(address)));
      this.ignoredTokens = [...this.ignoredTokens, ...ignored];
      this.tokens = this.tokens.filter((token) => !ignored.has(token.address));
    });
  }

  clearIgnoredTokens(): void {
    this.ignoredTokens = [];
  }

  _generateRandomId(): string {
    return random();
  }
}
