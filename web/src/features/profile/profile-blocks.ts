import type { LocalText } from '@akimetr/api/contracts/common';
import type { Profile } from '@akimetr/api/contracts/rankings';

type Indicator = Profile['indicators'][number];
/** An indicator that has an estimate. */
export type Estimated = Indicator & { mean: number; interval: [number, number] };

export interface Block {
  name: LocalText;
  indicators: Indicator[];
}

/** The indicators under their blocks, both in the methodology's order. */
export function blocksOf(indicators: readonly Indicator[]): Block[] {
  const blocks: Block[] = [];
  for (const indicator of indicators) {
    const known = blocks.find(({ name }) => name.en === indicator.block.en);
    if (known) known.indicators.push(indicator);
    else blocks.push({ name: indicator.block, indicators: [indicator] });
  }
  return blocks;
}

export function hasEstimate(indicator: Indicator): indicator is Estimated {
  return indicator.mean !== null && indicator.interval !== null;
}
