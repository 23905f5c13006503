using BenchmarkDotNet.Attributes;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Detail;

/// <summary>Keys and values as wide as a word.</summary>
[GenericTypeArguments(typeof(ShardedMapAdapter<long, long>))]
[GenericTypeArguments(typeof(ConcurrentDictionaryAdapter<long, long>))]
[GenericTypeArguments(typeof(NonBlockingAdapter<long, long>))]
[GenericTypeArguments(typeof(DictionaryAdapter<long, long>))]
public class LongMapOperations<TMap> : MapOperations<LongPair, TMap, long, long>
    where TMap : struct, IMapAdapter<TMap, long, long>;
