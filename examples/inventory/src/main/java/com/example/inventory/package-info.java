/** The service of docs/service-guide.md, in the package of the project that the guide makes. */
@NullMarked
package com.example.inventory;

import org.jspecify.annotations.NullMarked;
