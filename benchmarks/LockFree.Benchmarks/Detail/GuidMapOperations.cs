using BenchmarkDotNet.Attributes;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Detail;

/// <summary>Keys and values that take two stores.</summary>
[GenericTypeArguments(typeof(ShardedMapAdapter<Guid, Value16>))]
[GenericTypeArguments(typeof(ConcurrentDictionaryAdapter<Guid, Value16>))]
[GenericTypeArguments(typeof(NonBlockingAdapter<Guid, Value16>))]
[GenericTypeArguments(typeof(DictionaryAdapter<Guid, Value16>))]
public class GuidMapOperations<TMap> : MapOperations<GuidPair, TMap, Guid, Value16>
    where TMap : struct, IMapAdapter<TMap, Guid, Value16>;
