using BenchmarkDotNet.Attributes;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Detail;

/// <summary>References.</summary>
[GenericTypeArguments(typeof(ShardedMapTextAdapter))]
[GenericTypeArguments(typeof(ConcurrentDictionaryTextAdapter))]
[GenericTypeArguments(typeof(NonBlockingTextAdapter))]
[GenericTypeArguments(typeof(DictionaryTextAdapter))]
public class TextMapOperations<TMap> : MapOperations<TextPair, TMap, string, object>
    where TMap : struct, IMapAdapter<TMap, string, object>;
