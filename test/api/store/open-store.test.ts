import { MongoClient } from 'mongodb';
import { freshStore } from '../../support/store.ts';

describe('openStore', () => {
  it('gives an address the official driver can use', async () => {
    const store = await freshStore();
    const client = await MongoClient.connect(store.uri);
    const pets = client.db().collection<{ _id: number; name: string }>('pets');
    await pets.insertOne({ _id: 1, name: 'Barsik' });
    expect(await pets.findOne({ name: 'Barsik' })).toEqual({ _id: 1, name: 'Barsik' });
    await client.close();
    await store.close();
  });
});
