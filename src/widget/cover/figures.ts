/** Which figures and wallpapers a family of covers may wear. */
import type { Family } from './families.ts'
import {
  blocks,
  column,
  contours,
  footpath,
  portrait,
  steps,
  strata,
} from './figures-facts.ts'
import { bareTree, eye, moonrise } from './figures-fear.ts'
import { birds, curtain, flower, stem, tulips, twoCircles } from './figures-garden.ts'
import { arcade, cutouts, doorways, house, windowpane } from './figures-home.ts'
import { burst, leaning, moons, panels } from './figures-ink.ts'
import { compass, dunes, road } from './figures-journey.ts'
import { castle, peaks, pines, serpent } from './figures-land.ts'
import { atom, candle, halo, helix, lattice, mandala, ripples } from './figures-mind.ts'
import { blinds, fingerprint, keyhole, skyline, streetlamp } from './figures-night.ts'
import { balloons, bolts, butterfly, hotAir, kite, sunburst } from './figures-play.ts'
import { lighthouse, ship, waves, whale } from './figures-sea.ts'
import { orbits, ringedPlanet, risingSun, spires } from './figures-space.ts'
import { bowl, lemons, table } from './figures-table.ts'
import { chevrons, diamonds, marbling, scallops, seeds, sprigs } from './patterns.ts'
import type { Figure } from './shape.ts'

export const FIGURES: Readonly<Record<Family, readonly Figure[]>> = {
  'science-fiction': [ringedPlanet, orbits, risingSun, spires, lattice],
  fantasy: [peaks, castle, pines, serpent, spires],
  classics: [waves, ship, lighthouse, arcade, column, stem],
  literary: [doorways, windowpane, house, cutouts, arcade, moons, contours],
  mystery: [blinds, keyhole, streetlamp, skyline, fingerprint],
  romance: [twoCircles, flower, tulips, birds, butterfly],
  history: [blocks, strata, steps, column, contours],
  life: [portrait, footpath, strata, windowpane, steps],
  children: [balloons, hotAir, whale, kite, sunburst],
  horror: [eye, bareTree, moonrise, keyhole],
  'young-adult': [bolts, butterfly, sunburst, orbits, cutouts],
  poetry: [curtain, stem, birds, cutouts],
  comics: [burst, panels, bolts],
  travel: [road, compass, dunes, ship],
  cooking: [bowl, lemons, table],
  science: [atom, lattice, helix, ripples, contours],
  belief: [halo, mandala, candle, footpath],
  plain: [leaning, moons, blocks, ripples, strata],
}

/** Families that may wear wallpaper and a label instead of a figure. */
export const PATTERNS: Readonly<Partial<Record<Family, readonly Figure[]>>> = {
  classics: [scallops, sprigs, diamonds, marbling],
  romance: [sprigs, seeds, scallops, diamonds],
  poetry: [marbling, sprigs, seeds],
  cooking: [seeds, sprigs, chevrons],
  belief: [diamonds, scallops],
  life: [marbling, seeds],
  literary: [marbling, seeds, chevrons],
  fantasy: [diamonds, scallops, sprigs, marbling],
  plain: [marbling, chevrons, diamonds],
}
