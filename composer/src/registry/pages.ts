import type { Page } from './types';
import { page as browse } from '../pages/browse';
import { page as create } from '../pages/create';
import { page as entity } from '../pages/entity';
import { page as federation } from '../pages/federation';
import { page as home } from '../pages/home';
import { page as missing } from '../pages/missing';
import { page as monitoring } from '../pages/monitoring';
import { page as recent } from '../pages/recent';
import { page as search } from '../pages/search';
import { page as transfer } from '../pages/transfer';

/** Every page of Composer. Deleting a page's folder and its line here removes it. */
export const pages: readonly Page[] = [home, create, browse, recent, federation, monitoring, transfer, search, entity, missing];
