import { type DemoSignIn, settings } from '../shared/settings';

interface PersonasProps {
  /** Signed-in user. */
  email: string | null;
  onChoose(person: DemoSignIn): void;
  onSignOut(): void;
}

/** Buttons that sign in as a demo user. */
export function Personas({ email, onChoose, onSignOut }: PersonasProps) {
  return (
    <header className="personas">
      <a href="/">Skybasket</a>
      <span role="status">{email ? `Signed in as ${email}` : 'Nobody is signed in'}</span>
      {email && (
        <button type="button" onClick={onSignOut}>
          Sign out
        </button>
      )}
      {settings.signIns.length > 0 && (
        <nav aria-label="Sign in as">
          {settings.signIns.map(person => (
            <button
              key={person.email}
              type="button"
              title={person.who}
              aria-pressed={person.email === email}
              onClick={() => onChoose(person)}
            >
              {person.email.split('.')[0]}
            </button>
          ))}
        </nav>
      )}
    </header>
  );
}
