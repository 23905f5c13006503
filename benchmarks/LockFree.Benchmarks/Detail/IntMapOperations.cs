using BenchmarkDotNet.Attributes;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Detail;

/// <summary>Small keys and values.</summary>
[GenericTypeArguments(typeof(ShardedMapAdapter<int, int>))]
[GenericTypeArguments(typeof(ConcurrentDictionaryAdapter<int, int>))]
[GenericTypeArguments(typeof(NonBlockingAdapter<int, int>))]
[GenericTypeArguments(typeof(DictionaryAdapter<int, int>))]
public class IntMapOperations<TMap> : MapOperations<IntPair, TMap, int, int>
    where TMap : struct, IMapAdapter<TMap, int, int>;
