import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';

/** Operations that undo an abandoned one. */
export class Undo1796110000000 implements MigrationInterface {
  name = 'Undo1796110000000';

  async up(runner: QueryRunner): Promise<void> {
    const key = 'ADD UNIQUE KEY one_undo_of_an_operation (undoes)';
    await addColumn(runner, 'operations', 'undoes', `${ID} NULL, ${key}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumn(runner, 'operations', 'undoes');
  }
}
