import { connect } from 'node:net';
import { join } from 'node:path';
import { elapse } from '../support/until';
import { type Lab, startLab } from './support/lab';
import { lasting, underLoad } from './support/scenario';
import { mountSmallDisk, type SmallDisk } from './support/small-disk';

const disks: SmallDisk[] = [];
let lab: Lab | undefined;
afterEach(async () => {
  await lab?.stop();
  lab = undefined;
  for (const disk of disks.splice(0)) disk.stop();
});

/** A test that needs a small file system of its own. */
function withDisk(name: string, megabytes: number, work: (disk: SmallDisk) => Promise<void>): void {
  test(name, async () => {
    const disk = mountSmallDisk(megabytes);
    if (!disk) return process.stdout.write(`skipped, as only root may mount: ${name}\n`);
    disks.push(disk);
    return work(disk);
  });
}

withDisk('disk of the log: full for 20 s', 2, async disk => {
  lab = await startLab({ log: join(disk.path, 'log'), env: { ACCESS_LOG: 'all' } });
  await underLoad(lab, 'Disk', 'of the log: full for 20 s', async () => {
    disk.fill();
    await lasting(20);
    disk.free();
  });
});

withDisk('disk of the database: full for 20 s', 400, async disk => {
  lab = await startLab({ dataDir: join(disk.path, 'database') });
  const { rows } = lab;
  await rows('CREATE TABLE filler (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(2000)) ENGINE=InnoDB');
  await underLoad(lab, 'Disk', 'of the database: full for 20 s', async () => {
    disk.fill();
    // The room that is left within the files of the server would last longer than the fault.
    const grow = `INSERT INTO filler (text) SELECT REPEAT('x', 2000) FROM seq_1_to_20000`;
    await expect(rows(grow)).rejects.toMatchObject({ errno: 1114 });
    await lasting(20);
    disk.free();
    await rows('DROP TABLE filler');
  });
});

test('file descriptors: clients take all 256, 10 s', async () => {
  lab = await startLab({ through: ['sh', '-c', 'ulimit -n 256; exec "$0" "$@"'] });
  await underLoad(lab, 'Process', 'clients take all of its 256 descriptors, 10 s', async ({ gateway }) => {
    const port = Number(new URL(gateway.url).port);
    const idle = Array.from({ length: 400 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    await lasting(10);
    for (const socket of idle) socket.destroy();
    await elapse(0, 'their ends are sent');
  });
});
