import { create } from 'zustand';
import { api } from '../api/client';
import type { SearchResult } from '../types';

interface SearchState {
  query: string;
  results: SearchResult[];
  loading: boolean;
  error: string | null;
  search: (query: string) => Promise<void>;
  reset: () => void;
}

export class SearchStore {
  query = '';
  results: SearchResult[] = [];
  loading = false;
  error: string | null = null;

  constructor(private readonly onChange: () => void) {}

  async search(query: string): Promise<void> {
    this.query = query;
    this.loading = true;
    this.error = null;
    this.onChange();
    try {
      const results = await api.get<SearchResult[]>('/search', { params: { q: query, limit: 20 } });
      this.results = results;
    } catch (e) {
      this.error = e instanceof Error ? e.message : String(e);
    }
    this.loading = false;
    this.onChange();
  }
}
