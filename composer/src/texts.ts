import { browse } from './texts/browse';
import { configuration, subscriber } from './texts/configuration';
import { create } from './texts/create';
import { data, pages } from './texts/data';
import { entity, general, history } from './texts/entity';
import { fields } from './texts/fields';
import { frame, home, keys, login, missing, palette, recent, search } from './texts/frame';
import { groups, kinds } from './texts/kinds';
import { run, services } from './texts/services';
import { actions, errors, grid, picker, states, tags, words } from './texts/shared';
import { values } from './texts/values';

/**
 * Every word that a person reads, by area. What depends on a number is a function; numbers, dates and plurals are made by Intl.
 * An area is a file of texts/ and a line here.
 */
export const texts = { ...words, actions, browse, configuration, create, data, entity, errors, fields, frame, general, grid, groups, history, home, keys, kinds, login, missing, pages, palette, picker, recent, run, search, services, states, subscriber, tags, values };
