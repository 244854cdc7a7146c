import { useLayoutEffect, useRef, useState } from 'react';
import type { Model } from 'survey-core';
import { Survey } from 'survey-react-ui';
import 'survey-core/survey-core.fontless.min.css';
import '../../../ui/interview.css';
import styles from './Preview.module.css';

export const devices = { tablet: 800, phone: 390 } as const;
export type Device = keyof typeof devices;

/** The tablet's app is set larger than the office: 18 to 16. */
const fieldScale = 18 / 16;

interface Props {
  survey: Model;
  device: Device;
  label: string;
}

/** The interview in the width of a device, with the tablet's own renderer; smaller where the window has no room. */
export function Frame({ survey, device, label }: Props) {
  const around = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<number>(devices[device]);
  // Before it is painted: a frame that shrank under the finger would take the touch for another answer, or for none.
  useLayoutEffect(() => {
    const element = around.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    setRoom(element.clientWidth);
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const width = devices[device];
  const zoom = fieldScale * Math.min(1, room / (width + 24));
  return (
    <div ref={around} className={styles.around}>
      <section
        key={device}
        className={styles.frame}
        style={{ width: width / fieldScale, zoom }}
        aria-label={label}
        lang={survey.locale}
      >
        <div className="interview">
          <Survey model={survey} />
        </div>
      </section>
    </div>
  );
}
