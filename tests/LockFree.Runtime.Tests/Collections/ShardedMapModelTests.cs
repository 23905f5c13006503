using CsCheck;

namespace LockFree.Tests.Collections;

/// <summary>Random sequences of calls from one thread, each compared with what a <see cref="Dictionary{TKey, TValue}"/> makes of it.</summary>
public class ShardedMapModelTests
{
    private static readonly Gen<int> Numbers = Gen.Int[0, 40];

    [Fact]
    public void Atomic_values_behave_as_in_a_dictionary() =>
        Check(Numbers, Gen.Int[0, 3], comparer: null);

    [Fact]
    public void Wide_keys_and_values_behave_as_in_a_dictionary() =>
        Check(Numbers.Select(i => new WideKey(i)), Gen.Long[0, 3].Select(i => new WideValue(i)), comparer: null);

    [Fact]
    public void Text_keys_and_object_values_behave_as_in_a_dictionary() =>
        Check(Numbers.Select(i => $"key {i}"), Gen.Int[0, 3].Select(i => (object)i), comparer: null);

    [Fact]
    public void Structs_with_references_behave_as_in_a_dictionary() =>
        Check(Numbers.Select(i => ($"key {i}", i)), Gen.Int[0, 3].Select(i => ($"value {i}", i)), comparer: null);

    [Fact]
    public void Keys_that_all_collide_behave_as_in_a_dictionary() =>
        Check(Numbers, Gen.Int[0, 3], new ConstantHashComparer<int>());

    [Fact]
    public void Wide_keys_that_all_collide_behave_as_in_a_dictionary() =>
        Check(Numbers.Select(i => new WideKey(i)), Gen.Long[0, 3].Select(i => new WideValue(i)), new ConstantHashComparer<WideKey>());

    private static void Check<TKey, TValue>(Gen<TKey> keys, Gen<TValue> values, IEqualityComparer<TKey>? comparer)
        where TKey : notnull
    {
        Gen<(TKey Key, TValue Value)> arguments = Gen.Select(keys, values, (key, value) => (key, value));
        Gen<(MapUnderTest<TKey, TValue>, MapModel<TKey, TValue>)> empty = Gen.Const(0).Select(_ =>
            (new MapUnderTest<TKey, TValue>(comparer), new MapModel<TKey, TValue>(comparer)));

        // Which call is made is drawn like its arguments: the two sides have the same list of calls.
        GenOperation<MapUnderTest<TKey, TValue>, MapModel<TKey, TValue>>[] operations =
        [
            .. MapUnderTest<TKey, TValue>.Calls.Keys.Select(call =>
                arguments.Operation<MapUnderTest<TKey, TValue>, MapModel<TKey, TValue>>(
                    argument => $"{call}({argument.Key}, {argument.Value})",
                    (actual, argument) => actual.Run(call, argument.Key, argument.Value),
                    (model, argument) => model.Run(call, argument.Key, argument.Value))),
        ];
        Assert.Equal(MapModel<TKey, TValue>.Calls.Keys.Order(), MapUnderTest<TKey, TValue>.Calls.Keys.Order());

        empty.SampleModelBased(
            operations,
            equal: (actual, model) => actual.Results.SequenceEqual(model.Results) && actual.Contents() == model.Contents(),
            iter: 2_000,
            threads: 1,
            printActual: actual => string.Join("\n", actual.Results) + actual.Contents(),
            printModel: model => string.Join("\n", model.Results) + model.Contents());
    }
}
