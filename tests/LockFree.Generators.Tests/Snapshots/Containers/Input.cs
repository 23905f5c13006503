using LockFree;

namespace Shop
{
    public interface IStore<T>;

    internal partial struct Region<TKey>
        where TKey : notnull
    {
        public partial interface IHost
        {
            public abstract partial record Tenant<T>
                where T : class
            {
                [ClientAccessors]
                internal sealed partial class Clients
                {
                    [Client("store")]
                    internal partial IStore<(TKey Key, T? Value)[]> Store { get; }

                    [Client("tenant")]
                    private partial T Own { get; }
                }
            }
        }
    }

    namespace Inner
    {
        public partial record struct Pair
        {
            [ClientAccessors]
            public partial class Clients
            {
                [Client("first")]
                protected internal partial IStore<dynamic> First { get; }
            }
        }
    }
}
