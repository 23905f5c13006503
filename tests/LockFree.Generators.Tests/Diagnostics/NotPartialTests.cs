using LockFree.Generators.Tests.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9001.</summary>
public sealed class NotPartialTests
{
    [Fact]
    public Task Class_that_is_not_partial_is_reported() => AccessorsVerifier.VerifyAsync("""
        [ClientAccessors]
        public class {|LF9001:Clients|};
        """);

    [Fact]
    public Task Each_containing_type_that_is_not_partial_is_reported() => AccessorsVerifier.VerifyAsync("""
        public class {|LF9001:Outermost|}
        {
            public partial struct Middle
            {
                public record {|LF9001:Inner|}
                {
                    [ClientAccessors]
                    public partial class Clients;
                }
            }
        }
        """);

    [Fact]
    public Task It_is_the_part_without_the_modifier_that_is_reported() => AccessorsVerifier.VerifyAsync(
        LanguageVersion.Latest,
        "public partial class Outer { [ClientAccessors] public partial class Clients; }",
        "public class {|LF9001:Outer|} { public class {|LF9001:Clients|}; }");

    [Fact]
    public Task Partial_class_in_partial_types_is_not_reported() => AccessorsVerifier.VerifyAsync("""
        public partial interface IOuter
        {
            [ClientAccessors]
            public partial record Clients;
        }
        """);

    [Fact]
    public async Task Message_names_both_types() => Assert.Equal(
        "'Outer' must be partial, or the accessors of 'Clients' cannot be generated",
        await AccessorsVerifier.MessageAsync("public class Outer { [ClientAccessors] public partial class Clients; }"));
}
