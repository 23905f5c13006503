namespace LockFree;

/// <summary>Decides what becomes of an entry, for <see cref="ShardedMap{TKey, TValue}.Compute{TArg, TResult}"/>.</summary>
/// <typeparam name="TKey">The type of the map's keys.</typeparam>
/// <typeparam name="TValue">The type of the map's values.</typeparam>
/// <typeparam name="TArg">The type of the argument.</typeparam>
/// <typeparam name="TResult">The type of the result.</typeparam>
/// <param name="key">The key.</param>
/// <param name="entry">What the map has for the key; changed to what it shall have.</param>
/// <param name="argument">The argument given to <c>Compute</c>.</param>
/// <returns>The result of <c>Compute</c>.</returns>
public delegate TResult MapFunction<in TKey, TValue, in TArg, out TResult>(TKey key, ref MapEntry<TValue> entry, TArg argument)
    where TArg : allows ref struct;
