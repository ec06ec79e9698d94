import type { ReactNode } from "react";

/** Line icons of 24 x 24, drawn in the text's colour; the button around one names it. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="6.5" />
    <path d="m15.5 15.5 5 5" strokeLinecap="round" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6 6 18" strokeLinecap="round" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" strokeLinecap="round" />
  </Icon>
);

export const MinusIcon = () => (
  <Icon>
    <path d="M5 12h14" strokeLinecap="round" />
  </Icon>
);

export const GridIcon = () => (
  <Icon>
    <rect x="4" y="4" width="6.5" height="6.5" rx="1.5" />
    <rect x="13.5" y="4" width="6.5" height="6.5" rx="1.5" />
    <rect x="4" y="13.5" width="6.5" height="6.5" rx="1.5" />
    <rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1.5" />
  </Icon>
);

export const MapIcon = () => (
  <Icon>
    <rect x="5" y="4" width="7" height="7" rx="1.5" />
    <circle cx="17" cy="8" r="1.4" fill="currentColor" />
    <circle cx="6.5" cy="17.5" r="1.4" fill="currentColor" />
    <circle cx="11" cy="15" r="1.4" fill="currentColor" />
    <circle cx="18" cy="17" r="1.4" fill="currentColor" />
    <circle cx="14" cy="20" r="1.4" fill="currentColor" />
  </Icon>
);

export const WholeIcon = () => (
  <Icon>
    <path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" strokeLinecap="round" strokeLinejoin="round" />
  </Icon>
);

export const PictureIcon = () => (
  <Icon>
    <rect x="3" y="4.5" width="18" height="15" rx="3" />
    <circle cx="8.5" cy="9.5" r="1.6" />
    <path d="m4 17 5-4.5 3.5 3 3.5-4 4.5 5" strokeLinejoin="round" />
  </Icon>
);

export const NextIcon = () => (
  <Icon>
    <path d="m9 5 7 7-7 7" strokeLinecap="round" strokeLinejoin="round" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path
      d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
      strokeLinecap="round"
    />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2Z" strokeLinejoin="round" />
  </Icon>
);

export const FolderIcon = () => (
  <Icon>
    <path d="M3.5 7.5a2 2 0 0 1 2-2h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2Z" strokeLinejoin="round" />
  </Icon>
);

export const PenIcon = () => (
  <Icon>
    <path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19Z" strokeLinejoin="round" />
  </Icon>
);

export const DeleteIcon = () => (
  <Icon>
    <path d="M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7" strokeLinejoin="round" strokeLinecap="round" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="m7 10 5 5 5-5" strokeLinecap="round" strokeLinejoin="round" />
  </Icon>
);

export const DownloadIcon = () => (
  <Icon>
    <path d="M12 4v10M8 10.5l4 4 4-4M5 19h14" strokeLinecap="round" strokeLinejoin="round" />
  </Icon>
);

export const StarIcon = ({ filled = false }: { filled?: boolean }) => (
  <Icon>
    <path d="m12 4 2.5 5.1 5.6.8-4 4 .9 5.6-5-2.6-5 2.6.9-5.6-4-4 5.6-.8Z" strokeLinejoin="round" fill={filled ? "currentColor" : "none"} />
  </Icon>
);

export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 7.5V12l3 2" strokeLinecap="round" strokeLinejoin="round" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M9.5 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.8M12 16.5v.2" strokeLinecap="round" />
  </Icon>
);

export const GlobeIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c5 5.2 5 11.8 0 17M12 3.5c-5 5.2-5 11.8 0 17" />
  </Icon>
);

export const MicrophoneIcon = () => (
  <Icon>
    <rect x="9" y="3.5" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" strokeLinecap="round" />
  </Icon>
);
