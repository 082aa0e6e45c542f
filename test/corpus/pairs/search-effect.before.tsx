import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeEvent, FC } from 'react';

import { defineMessages, useIntl } from 'react-intl';
import { apiGetSearch } from 'mastodon/api/search';
import { showAlertForError } from 'mastodon/actions/alerts';
import type { ApiAccountJSON } from 'mastodon/api_types/accounts';
import { Account } from 'mastodon/components/account';
import { LoadingIndicator } from 'mastodon/components/loading_indicator';
import { useAppDispatch } from 'mastodon/store';

const messages = defineMessages({
  placeholder: { id: 'lists.search', defaultMessage: 'Search among people you follow' },
});

interface Props {
  listId: string;
  initialAccountIds: string[];
  onToggle: (accountId: string) => void;
}

export const AddMembersSearch: FC<Props> = ({ listId, initialAccountIds, onToggle }) => {
  const intl = useIntl();
  const dispatch = useAppDispatch();
  const [query, setQuery] = useState('');
  const [accounts, setAccounts] = useState<ApiAccountJSON[]>([]);
  const [loading, setLoading] = useState(false);
  const inputRef = useRef<HTMLInputElement>(null);

  useEffect(() => {
    inputRef.current?.focus();
  }, []);

  useEffect(() => {
    if (query.trim().length === 0) {
      setAccounts([]);
      return;
    }

    const search = async () => {
      setLoading(true);
      try {
        const data = await apiGetSearch({ q: query, type: 'accounts', resolve: false, following: true });
        setAccounts(data.accounts);
      } catch (error) {
        dispatch(showAlertForError(error));
      }
      setLoading(false);
    };

    void search();
  }, [query, listId, dispatch]);

  const handleChange = useCallback((e: ChangeEvent<HTMLInputElement>) => {
    setQuery(e.target.value);
  }, []);

  const handleClear = useCallback(() => {
    setQuery('');
    inputRef.current?.focus();
  }, []);

  return (
    <div className='column-search-header'>
      <input
        ref={inputRef}
        value={query}
        onChange={handleChange}
        placeholder={intl.formatMessage(messages.placeholder)}
      />
      <button type='button' onClick={handleClear}>×</button>
      {loading && <LoadingIndicator />}
      {accounts.map((account) => (
        <Account
          key={account.id}
          id={account.id}
          selected={initialAccountIds.includes(account.id)}
          onClick={() => onToggle(account.id)}
        />
      ))}
    </div>
  );
};
