using System.Text.Json.Serialization;
using LockFree;

namespace Consumer;

[JsonSerializable(typeof(ShardedMap<string, int>))]
internal sealed partial class MapContext : JsonSerializerContext;
