namespace LockFree.Tests.Collections;

public class BucketWordTests
{
    [Fact]
    public void Twins_are_marked_as_long_as_two_slots_have_the_same_tag()
    {
        var random = new Random(1);
        for (int round = 0; round < 2_000; round++)
        {
            ulong word = BucketWord.Overflow;
            var tags = new byte[BucketWord.Slots];
            for (int step = 0; step < 20; step++)
            {
                int slot = random.Next(BucketWord.Slots);
                int other = random.Next(BucketWord.Slots);
                if (tags[slot] != 0 && tags[other] == 0)
                {
                    (tags[slot], tags[other]) = (0, tags[slot]);
                    word = BucketWord.Move(word, slot, other);
                }
                else if (tags[slot] != 0)
                {
                    tags[slot] = 0;
                    word = BucketWord.Without(word, slot);
                }
                else
                {
                    // Few tags, neighbours among them.
                    tags[slot] = (byte)(0x80 + random.Next(9));
                    word = BucketWord.With(word, slot, BucketWord.Pattern((ulong)tags[slot] << 32));
                }
                byte[] used = [.. tags.Where(tag => tag != 0)];
                bool hasTwins = used.Distinct().Count() != used.Length;
                Assert.Equal(hasTwins, BucketWord.HasTwins(word));
                Assert.Equal(hasTwins, (word & BucketWord.Twins) != 0);
                Assert.Equal(BucketWord.Overflow, word & BucketWord.Overflow);
                for (int i = 0; i < tags.Length; i++)
                    Assert.Equal(tags[i], (byte)(word >> (i * 8)));
            }
        }
    }

    [Fact]
    public void Slots_are_alike_if_their_tags_are_among_those_of_the_others()
    {
        var random = new Random(2);
        for (int round = 0; round < 10_000; round++)
        {
            (ulong word, byte[] tags) = RandomWord(random);
            (ulong other, byte[] otherTags) = RandomWord(random);
            ulong slots = BucketWord.Used(other) & (ulong)random.NextInt64();
            ulong alike = BucketWord.Alike(word, other, slots);
            for (int i = 0; i < tags.Length; i++)
            {
                bool isWanted = tags[i] != 0
                    && Enumerable.Range(0, tags.Length).Any(slot => otherTags[slot] == tags[i] && ((slots >> (slot * 8)) & 0x80) != 0);
                Assert.Equal(isWanted, ((alike >> (i * 8)) & 0x80) != 0);
            }
            Assert.Equal(alike, alike & BucketWord.Used(word));
        }
    }

    [Fact]
    public void Tags_name_the_four_bits_that_tell_of_a_chain_equally_often()
    {
        IEnumerable<IGrouping<ulong, ulong>> kinds = Enumerable.Range(0, 128).Select(tag => BucketWord.InChain(BucketWord.Pattern((ulong)tag << 32))).GroupBy(bit => bit);
        Assert.Equal([1UL << 60, 1UL << 61, 1UL << 62, 1UL << 63], kinds.Select(kind => kind.Key).Order());
        Assert.All(kinds, kind => Assert.Equal(32, kind.Count()));
    }

    private static (ulong Word, byte[] Tags) RandomWord(Random random)
    {
        byte[] tags = [.. Enumerable.Range(0, BucketWord.Slots).Select(_ => random.Next(2) == 0 ? (byte)0 : (byte)(0x80 + random.Next(9)))];
        ulong word = BucketWord.Moved | BucketWord.Locked;
        for (int slot = 0; slot < tags.Length; slot++)
            word |= (ulong)tags[slot] << (slot * 8);
        return (word, tags);
    }
}
