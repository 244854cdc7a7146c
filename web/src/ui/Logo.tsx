import styles from './Logo.module.css';

/** The mark: a score with its interval under a hill of the steppe. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden focusable="false">
        <rect width="32" height="32" rx="7" fill="#0f5468" />
        <path
          d="M7 21.5h18M7 17v9M25 17v9"
          stroke="#8fc3c9"
          strokeWidth="1.8"
          strokeLinecap="round"
          fill="none"
        />
        <circle cx="18" cy="21.5" r="3.4" fill="#fff" />
        <path
          d="M6.5 11.5c3-4.5 7-4.5 9.5-1.5s6.5 3 9.5-1.5"
          stroke="#f0c26b"
          strokeWidth="2"
          strokeLinecap="round"
          fill="none"
        />
      </svg>
      <span>Akimetr</span>
    </span>
  );
}
