' As in QuickBASIC, where ConeZ has nothing.
i = 123456789
PRINT USING "#########"; i
PRINT TAB(4); USING "##"; 5
